/** Reads request bodies, and says clearly when one is no JSON. */
export class MalformedBody extends Error {
  toResponse(): Response {
    return Response.json({ message: this.message }, { status: 400 });
  }
}

interface TextBody {
  text(): Promise<string>;
}

export async function readJson(request: TextBody): Promise<unknown> {
  const text = await request.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new MalformedBody(
      text === '' ? 'The body is empty; send a JSON object.' : 'The body is not JSON; send a JSON object.',
    );
  }
}
