/** A published description, held against the field's own linter and against what the sandbox really answers. */
import assert from 'node:assert/strict';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';

type Content = Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface Described {
  readonly operations: readonly string[];
  /** What the linter has to say. */
  lint(): Promise<readonly string[]>;
  /** Asks the sandbox, and fails when question or answer are not what is described. */
  send(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly answer: unknown }>;
}

/** @param headers go with each request, unless it brings its own. */
export async function describedBy(
  sandbox: RunningSandbox,
  system: 'gateway' | 'nixo' | 'nxos',
  headers: Readonly<Record<string, string>>,
): Promise<Described> {
  const text = await (await fetch(`${sandbox.url}/openapi/${system}.json`)).text();
  const document = JSON.parse(text) as Document;
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: 'api', ...(document as object) });

  function validate(content: Content | undefined, value: unknown): void {
    const reference = content?.['application/json']?.schema.$ref ?? assert.fail('not described');
    const check = ajv.getSchema(`api${reference}`) ?? assert.fail(`no ${reference}`);
    assert.ok(check(value), `${reference}: ${ajv.errorsText(check.errors)}`);
  }

  const templateOf = (path: string): string => {
    const matching = Object.keys(document.paths).filter((known) =>
      new RegExp(`^${known.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? ''),
    );
    // A path without parameters is meant before one that has them.
    return matching.find((known) => !known.includes('{')) ?? matching[0] ?? '';
  };

  return {
    operations: Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId }) => operationId)
      .sort(),

    async lint() {
      const config = await createConfig({
        extends: ['recommended'],
        rules: { 'no-server-example.com': 'off' },
      });
      const problems = await lintFromString({ source: text, config });
      return (
        problems
          // A sandbox on this machine is served over http, and tags would only repeat the summaries.
          .filter(({ ruleId }) => !['operation-4xx-response', 'no-server-localhost'].includes(ruleId))
          .map(({ ruleId, message }) => `${ruleId}: ${message}`)
      );
    },

    async send(method, path, body, own = headers) {
      const operation = document.paths[templateOf(path)]?.[method] ?? assert.fail(`${method} ${path}`);
      const response = await fetch(`${sandbox.url}/${system}${path}`, {
        method: method.toUpperCase(),
        headers: { ...own, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json();
      if (response.ok && body !== undefined) validate(operation.requestBody?.content, body);
      validate(operation.responses[String(response.status)]?.content, answer);
      return { status: response.status, answer };
    },
  };
}
