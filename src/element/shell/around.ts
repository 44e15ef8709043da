/**
 * What is around a frame: a dialog, in it what is seen of the cashier, in it the place of the frame. Apart from the rest of
 * the shell, because the script-tag file makes it first: a frame that is moved loads anew.
 */
export interface Around {
  readonly dialog: HTMLDialogElement;
  /** What is seen of it: frame, skeleton or card. */
  readonly panel: HTMLElement;
  /** Where the iframe goes. */
  readonly holder: HTMLElement;
}

export function makeAround(): Around {
  const dialog = document.createElement('dialog');
  const panel = document.createElement('div');
  const holder = document.createElement('div');
  panel.className = 'inside';
  panel.setAttribute('part', 'panel');
  panel.append(holder);
  dialog.append(panel);
  return { dialog, panel, holder };
}
