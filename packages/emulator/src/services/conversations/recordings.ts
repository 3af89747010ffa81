import { reply, type Answer } from "../../http/answer.ts";
import { badRequest, notFound, unprocessable } from "../../http/refusal.ts";
import type { Message } from "../../state/conversation.ts";
import { param, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

/** Recordings of calls that were connected: a second of silence, and one sentence. */
export const recordingHandlers: Handlers = {
  "conversations.getMessageRecording": (call) => {
    if (!isRecorded(messageOf(call))) throw unprocessable(["Message does not have recording"], "reported");
    return { ...reply(200, silence()), contentType: "audio/x-wav" };
  },

  // The documents show one sentence; live it is a bare list of them.
  "conversations.getMessageTranscription": (call) => {
    refuseSilent(messageOf(call));
    return reply(200, [sentence]);
  },

  "conversations.downloadMessageTranscription": (call): Answer => {
    refuseSilent(messageOf(call));
    return { ...reply(200, sentence.transcript), contentType: "text/plain" };
  },
};

const sentence = {
  speaker: 0,
  mediaChannel: 1,
  sentenceIndex: 0,
  startTime: 0,
  endTime: 1000,
  transcript: "Hello, how can I help you?",
  confidence: 0.98,
};

function messageOf(call: Call): Message {
  const id = param(call, "messageId");
  const message = call.world.state.messages.get(id);
  if (message === undefined || message.locationId !== call.locationId) throw notFound(`Message with id ${id} not found`);
  return message;
}

function isRecorded({ messageType, call }: Message): boolean {
  return messageType === "TYPE_CALL" && (call?.["status"] ?? "completed") === "completed";
}

function refuseSilent(message: Message): void {
  if (!isRecorded(message))
    throw badRequest("Transcription does not exist", { canonicalCode: "CONVERSATIONS_MSG_RECORDING_NOT_FOUND" }, "reported");
}

/** A WAV file: one second at 8 kHz, 8 bits, one channel. */
function silence(): Uint8Array<ArrayBuffer> {
  const samples = 8000;
  const bytes = new Uint8Array(44 + samples).fill(128, 44);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string): void => bytes.set(new TextEncoder().encode(word), at);
  text(0, "RIFF");
  view.setUint32(4, 36 + samples, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, samples, true);
  view.setUint32(28, samples, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, "data");
  view.setUint32(40, samples, true);
  return bytes;
}
