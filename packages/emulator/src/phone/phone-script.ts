/** Shows what arrives without a reload: the thread is read again every two seconds. The page works without it. */
export const phoneScript = `
const thread = document.getElementById("thread");
const scrollDown = () => { thread.scrollTop = thread.scrollHeight; };
scrollDown();
setInterval(async () => {
  if (document.hidden) return;
  const response = await fetch(location.href).catch(() => undefined);
  if (response === undefined || !response.ok) return;
  const next = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("thread");
  if (next === null || next.innerHTML === thread.innerHTML) return;
  thread.replaceChildren(...next.children);
  scrollDown();
}, 2000);
`;
