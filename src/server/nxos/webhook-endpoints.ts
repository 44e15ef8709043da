/** Where Nxos tells of events, and the secrets it signs them with. */
import * as reply from '../../wire/nxos/replies.ts';
import * as wire from '../../wire/nxos/objects.ts';
import { maybe } from '../../wire/reading.ts';
import type { WriteOptions, Written } from '../http/keyed.ts';
import { type NxosCalls, queryOf } from './calls.ts';
import { checkIds } from './input.ts';

export interface NxosWebhookEndpoints {
  createWebhookEndpoint(
    endpoint: wire.EndpointRequest,
    options?: WriteOptions,
  ): Promise<Written<reply.WebhookEndpoint>>;
  listWebhookEndpoints(filter?: wire.ListFilter): AsyncIterable<reply.EndpointRow>;
  getWebhookEndpoint(endpointId: string): Promise<reply.WebhookEndpoint>;
  updateWebhookEndpoint(
    endpointId: string,
    patch: wire.EndpointPatch,
    options?: WriteOptions,
  ): Promise<Written<reply.WebhookEndpoint>>;
  deleteWebhookEndpoint(
    endpointId: string,
    options?: WriteOptions,
  ): Promise<Written<{ readonly id: string }>>;
  /** For `verifyNxosWebhook`. */
  getWebhookSecret(endpointId: string): Promise<string>;
  /** The secret before signs beside the new one for a day. */
  rotateWebhookSecret(endpointId: string, options?: WriteOptions): Promise<string>;
}

const PATH = '/v1/webhooks/endpoints';

export function nxosWebhookEndpoints({ checked, read, write, list }: NxosCalls): NxosWebhookEndpoints {
  return {
    async createWebhookEndpoint(endpoint, writeOptions) {
      const operation = 'createWebhookEndpoint';
      const body = checked(operation, wire.endpointRequest, endpoint);
      return write(reply.endpoint, { operation, path: PATH, body }, writeOptions);
    },

    listWebhookEndpoints(filter = {}) {
      const operation = 'listWebhookEndpoints';
      const query = queryOf(checked(operation, wire.listFilter, filter));
      return list(reply.endpointList, { operation, path: PATH, query }, 'id');
    },

    async getWebhookEndpoint(endpointId) {
      const operation = 'getWebhookEndpoint';
      checkIds(operation, { endpointId });
      return read(reply.endpoint, { operation, path: `${PATH}/${endpointId}` });
    },

    async updateWebhookEndpoint(endpointId, patch, writeOptions) {
      const operation = 'updateWebhookEndpoint';
      checkIds(operation, { endpointId });
      const body = checked(operation, wire.endpointPatch, patch);
      const path = `${PATH}/${endpointId}`;
      return write(reply.endpoint, { operation, method: 'PATCH', path, body }, writeOptions);
    },

    async deleteWebhookEndpoint(endpointId, writeOptions) {
      const operation = 'deleteWebhookEndpoint';
      checkIds(operation, { endpointId });
      const path = `${PATH}/${endpointId}`;
      const deleted = await write(reply.deletedEndpoint, { operation, method: 'DELETE', path }, writeOptions);
      return { ...deleted, id: maybe(deleted.id) ?? endpointId };
    },

    async getWebhookSecret(endpointId) {
      const operation = 'getWebhookSecret';
      checkIds(operation, { endpointId });
      return (await read(reply.endpointSecret, { operation, path: `${PATH}/${endpointId}/secret` })).key;
    },

    async rotateWebhookSecret(endpointId, writeOptions) {
      const operation = 'rotateWebhookSecret';
      checkIds(operation, { endpointId });
      const path = `${PATH}/${endpointId}/secret/rotate`;
      return (await write(reply.endpointSecret, { operation, path }, writeOptions)).key;
    },
  };
}
