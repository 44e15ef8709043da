/** Lit as the script-tag file has it: without what Kassa's one element, and the browsers that can show it, have no use for. */
import { join } from 'node:path';
import MagicString from 'magic-string';

/**
 * Lit's style module without its ways for browsers that have no constructable style sheets: every browser with
 * `light-dark()`, which the element's colours are made of, has them (Chrome 123, Firefox 120, Safari 17.5).
 */
export const modernStyles = {
  name: 'modern-styles',
  enforce: 'pre',
  load: (id: string) =>
    id.includes('@lit/reactive-element/css-tag')
      ? `export const supportsAdoptingStyleSheets = true;
         export const getCompatibleStyle = (style) => style;
         export const adoptStyles = (root, sheets) => { root.adoptedStyleSheets = sheets; };
         export const CSSResult = undefined, unsafeCSS = undefined;
         export const css = ([text]) => {
           const sheet = new CSSStyleSheet();
           sheet.replaceSync(text);
           return sheet;
         };`
      : null,
} as const;

/**
 * What Kassa's one element has no use for in Lit's base class, as its package ships it, and what stands for it: controllers,
 * decorators, hooks, lists of style sheets, marks for Lit's own developers, and what properties may be that its own are not
 * (accessors, JSON, converted to attributes). The first is no loss: the element completes what is on the page already. What
 * Lit writes in another way one day simply stays, and `lean-lit.test` names it.
 */
export const UNUSED_IN_LIT: readonly (readonly [string, string?])[] = [
  ['class y extends HTMLElement', 'class y extends Host'],
  ['d("elementProperties")', '"elementProperties"'],
  ['d("finalized")', '"finalized"'],
  [
    'if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(d("properties"))){',
    'this.finalized=!0,this._$Ei();{',
  ],
  [',d=(t,s)=>t'],
  ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}'],
  [',this.constructor.l?.forEach(t=>t(this))'],
  [',void 0!==t.l&&(this.l=[...t.l])'],
  [
    'addController(t){(this._$EO??=new Set).add(t),void 0!==this.renderRoot&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}',
  ],
  [',this._$EO?.forEach(t=>t.hostConnected?.())'],
  ['this._$EO?.forEach(t=>t.hostDisconnected?.())'],
  ['this._$EO?.forEach(t=>t.hostUpdated?.()),'],
  ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;'],
  [
    'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
  ],
  [
    'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
  ],
  ['s=[...r(t),...o(t)]', 's=r(t)'],
  [
    'const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i',
    'return[s]',
  ],
  ['case Object:case Array:t=null==t?t:JSON.stringify(t)'],
  ['case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}'],
  ['c=a.trustedTypes,l=c?c.emptyScript:"",p=a.reactiveElementPolyfillSupport', 'l=""'],
  [
    '(t,s=b){if(s.state&&(s.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),this.elementProperties.set(t,s),!s.noAccessor){const i=Symbol(),h=this.getPropertyDescriptor(t,i,s);void 0!==h&&e(this.prototype,t,h)}',
    '(t,s){this.elementProperties.set(t,s),e(this.prototype,t,this.getPropertyDescriptor(t,Symbol(),s))',
  ],
  [
    'const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)}',
    'return{get(){return this[s]},set(r){const h=this[s];this[s]=r,this.requestUpdate(t,h,i)}',
  ],
  [',wrapped:h},r){', '}){'],
  ['(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)', '(this._$Ej.set(t,s??this[t]),!0)'],
  [
    'requestUpdate(t,s,i,e=!1,h){if(void 0!==t){const r=this.constructor;if(!1===e&&(h=this[t]),',
    'requestUpdate(t,s,i){if(void 0!==t){const r=this.constructor,h=this[t];if(',
  ],
  ['(i.hasChanged??f)(h,s)', 'f(h,s)'],
  [',b={attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f}'],
  ['??b}', '}'],
  ['getOwnPropertyDescriptor:h,'],
  ['getOwnPropertySymbols:o,'],
  ['this._$Eh&&[', '['],
  ['y.elementStyles=[],'],
  ['(void 0!==i.converter?.toAttribute?i.converter:u)', 'u'],
  ['"function"==typeof t.converter?{fromAttribute:t.converter}:'],
  ['this.getUpdateComplete()}getUpdateComplete(){return this._$ES}', 'this._$ES}'],
  ['const t=this.scheduleUpdate();return null!=t&&await t,', 'this.performUpdate();return'],
  ['scheduleUpdate(){return this.performUpdate()}'],
  [
    't=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()',
    't=!0,this.update(s)',
  ],
  ['willUpdate(t){}'],
  ['shouldUpdate(t){return!0}'],
  [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")'],
];

/** Pieces must not overlap: of two that do, the one that comes later stays. */
export function lean(code: string): MagicString {
  const text = new MagicString(code);
  text.prepend(
    `import { Host } from ${JSON.stringify(join(import.meta.dirname, '../src/element/script-tag/host.ts'))};\n`,
  );
  for (const [unused, instead = ''] of UNUSED_IN_LIT) text.replaceAll(unused, instead);
  return text;
}

export const leanLit = {
  name: 'lean-lit',
  enforce: 'pre',
  transform(code: string, id: string) {
    if (!id.endsWith('@lit/reactive-element/reactive-element.js')) return null;
    const text = lean(code);
    return { code: text.toString(), map: text.generateMap({ hires: true }) };
  },
} as const;
