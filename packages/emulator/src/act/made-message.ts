/** A message that an action made. */
export interface MadeMessage {
  readonly messageId: string;
  readonly conversationId: string;
}
