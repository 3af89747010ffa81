import type { ReactNode } from "react";

/** A form that works without JavaScript in the browser. */
export default async function Page({ searchParams }: { readonly searchParams: Promise<{ readonly sent?: string }> }): Promise<ReactNode> {
  const { sent } = await searchParams;
  return (
    <main>
      <h1>Write to us</h1>
      {sent === undefined ? null : <p role="status">{sent === "yes" ? "Thank you." : "Please fill in name and e-mail."}</p>}
      <form method="post" action="/leads">
        <p>
          <label>
            Name <input name="name" autoComplete="name" required />
          </label>
        </p>
        <p>
          <label>
            E-mail <input name="email" type="email" autoComplete="email" required />
          </label>
        </p>
        <button>Send</button>
      </form>
    </main>
  );
}
