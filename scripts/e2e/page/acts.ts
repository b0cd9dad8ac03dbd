declare global {
  /** Told by every window of a person: see `Person`. */
  var tellAct: (act: 'click' | 'value') => Promise<void>;
}

const TYPED = new Set(['text', 'password', 'email', 'search', 'tel', 'url', 'number']);
const told = new WeakSet<EventTarget>();

/** Tells what a person does, not what scripts do: each click or key that acts, and each field that gets a value. */
export function tellActs(): void {
  addEventListener('pointerdown', ({ isTrusted }) => isTrusted && void globalThis.tellAct('click'), true);
  addEventListener(
    'keydown',
    ({ isTrusted, key }) => isTrusted && key === 'Enter' && void globalThis.tellAct('click'),
    true,
  );
  addEventListener(
    'input',
    (event) => {
      const [field] = event.composedPath();
      if (!event.isTrusted || !(field instanceof HTMLInputElement) || !TYPED.has(field.type)) return;
      if (!told.has(field)) void globalThis.tellAct('value');
      told.add(field);
    },
    true,
  );
}
