/** Builds OpenAPI 3.1 documents from the wire schemas, so that what is published is what is parsed. */
import * as z from 'zod';

export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Below the server's URL, parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  /** The name of a schema. */
  readonly request?: string;
  readonly replies: Readonly<Record<number, { readonly description: string; readonly schema: string }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description: string;
  readonly example: string;
}

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly serverUrl: string;
  /** A header of its own, or `Authorization: Bearer …`. */
  readonly key: { readonly header: string } | 'bearer';
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly operations: readonly Operation[];
}

/** The refusals of a system whose codes each belong to one HTTP status. */
export function refusalsOf(
  codes: Readonly<Record<string, { readonly status: number }>>,
): Operation['replies'] {
  const named = (status: number): string =>
    Object.entries(codes)
      .filter(([, code]) => code.status === status)
      .map(([name]) => name)
      .join(', ');
  return Object.fromEntries(
    [400, 401, 403, 404, 409, 429].map((status) => [status, { description: named(status), schema: 'Error' }]),
  );
}

export const queryParameter = (
  name: string,
  description: string,
  example: string,
  required = false,
): Parameter => ({ name, in: 'query', description, example, required });

const json = (schema: string) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${schema}` } },
});

export function toOpenApi({ title, description, serverUrl, key, schemas, operations }: ApiDescription) {
  return {
    openapi: '3.1.0',
    info: { title, description, version: '1.0.0', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: serverUrl, description: 'The local sandbox' }],
    security: [{ key: [] }],
    paths: pathsOf(operations),
    components: {
      securitySchemes: {
        key:
          key === 'bearer'
            ? { type: 'http', scheme: 'bearer' }
            : { type: 'apiKey', in: 'header', name: key.header },
      },
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, toJsonSchema(schema)]),
      ),
    },
  };
}

function pathsOf(operations: readonly Operation[]) {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  return paths;
}

function operationObject({ id, summary, description, parameters, request, replies }: Operation) {
  return {
    operationId: id,
    summary,
    ...(description !== undefined && { description }),
    ...(parameters && {
      parameters: parameters.map(({ example, ...parameter }) => ({
        ...parameter,
        required: parameter.required ?? parameter.in === 'path',
        schema: { type: 'string', examples: [example] },
      })),
    }),
    ...(request !== undefined && { requestBody: { required: true, content: json(request) } }),
    responses: Object.fromEntries(
      Object.entries(replies).map(([status, reply]) => [
        status,
        { description: reply.description, content: json(reply.schema) },
      ]),
    ),
  };
}

/** What travels, before any transform of ours: OpenAPI 3.1 speaks JSON Schema 2020-12. */
function toJsonSchema(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return rest;
}
