/**
 * The script of the hosted invoice page. It frames the provider's page and passes messages; what those say decides nothing: the payment is paid when the emulator
 * says so, which asked the provider. The live page parses messages as JSON text and stays silent about what is none.
 */
export const checkoutScript = `
const data = JSON.parse(document.getElementById("data").textContent);
const form = document.getElementById("pay");
const said = document.getElementById("said");
const button = form.querySelector("button[type=submit]");
const page = location.pathname.replace(/\\/$/, "");
let frame = null;
let started = null;
let isBusy = false;
const say = (text, isBad = false) => { said.textContent = text; said.className = isBad ? "problem" : ""; };
const busy = (is) => { isBusy = is; button.setAttribute("aria-busy", String(is)); };
const ask = async (path, body) => {
  const response = await fetch(path, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
};
const end = (text, isBad) => { frame?.remove(); frame = null; busy(false); say(text, isBad); };
const attempt = async (work) => { try { await work(); } catch (error) { end(error.message, true); } };
const amount = () => Number(form.elements.amount.value.trim().replace(",", "."));
const texts = { failed: "The payment was declined. Nothing was paid.", pending: "The payment is not confirmed yet. This page shows it when it is." };
async function finish(status, chargeId) {
  if (status === "succeeded") return location.reload();
  if (status === "failed") return end(texts.failed, true);
  say(texts.pending);
  if (!chargeId) return busy(false);
  setTimeout(() => attempt(async () => finish((await ask(page + "/verify", { transactionId: started.transactionId, chargeId })).status, chargeId)), 2000);
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isBusy) return;
  busy(true);
  say("One moment…");
  void attempt(async () => {
    if (!Number.isFinite(amount())) throw new Error("Enter the amount as a number.");
    const method = form.elements.method?.value;
    if (method) return finish((await ask(page + "/charge", { paymentMethodId: method, amount: amount() })).status);
    if (!data.hasProvider) return finish((await ask(page + "/card", { amount: amount() })).status);
    started = await ask("/payments/custom-provider/initiate/invoice", { invoiceId: data.invoiceId, amount: amount() });
    frame = document.createElement("iframe");
    frame.title = "Payment";
    frame.allow = "payment";
    frame.src = started.paymentsUrl;
    document.getElementById("frame").append(frame);
    say("Waiting for the payment provider…");
  });
});
const parsed = (text) => {
  if (typeof text === "object" && data.accepts === "any") return text;
  try { return JSON.parse(text); } catch { return undefined; }
};
addEventListener("message", ({ source, origin, data: text }) => {
  if (frame === null || source !== frame.contentWindow) return;
  const message = parsed(text);
  switch (message?.type) {
    case "custom_provider_ready":
      source.postMessage(JSON.stringify(started.props), origin === "null" ? "*" : origin);
      return say("");
    case "custom_element_success_response":
      frame.hidden = true;
      say("Checking the payment…");
      return void attempt(async () => finish((await ask(page + "/verify", { transactionId: started.transactionId, chargeId: message.chargeId })).status, message.chargeId));
    case "custom_element_error_response":
      return end(message.error?.description || texts.failed, true);
    case "custom_element_close_response":
      return end("The payment was closed. Nothing was paid.");
  }
});
if (data.hasProvider) void ask(page + "/methods").then(({ methods }) => {
  if (methods.length === 0) return;
  const choice = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = "Pay with";
  choice.append(legend);
  for (const { id, title = "Card", subTitle = "", expiry = "" } of [...methods, { id: "", title: "Another way" }]) {
    const label = document.createElement("label");
    label.className = "choice";
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "method", value: id, checked: id === "" });
    label.append(radio, [title, subTitle, expiry].filter(Boolean).join(" · "));
    choice.append(label);
  }
  document.getElementById("methods").append(choice);
}, () => undefined);
`;
