import 'kassa/define';
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { KassaOutcomeEvent } from 'kassa';

@Component({
  selector: 'app-checkout',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <kassa-cashier session-url="/kassa/session" (kassa-outcome)="end($event)" />
    <output>{{ ended() }}</output>
  `,
})
class Checkout {
  readonly ended = signal('');

  end({ outcome }: KassaOutcomeEvent): void {
    this.ended.set(outcome.kind);
  }
}

await bootstrapApplication(Checkout, { providers: [provideZonelessChangeDetection()] });
