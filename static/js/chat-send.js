// A form sent by a script: what is in it, with other values for some of its fields.

// Resolves to the answer; an empty one when there was none. What is no JSON and no fault of the server is a
// refusal with `failed` as its words.
export async function post(form, values, failed, patience = 5000) {
  const data = new FormData(form);
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), headers, signal: AbortSignal.timeout(patience) });
    return await answer.json();
  } catch {
    const refused = answer && answer.status >= 400 && answer.status < 500;
    return refused ? { type: "nack", message: failed } : {};
  }
}
