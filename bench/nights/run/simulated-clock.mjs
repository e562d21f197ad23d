/** Loaded before lpad (`node --import`): its clock begins at NIGHTS_NOW, milliseconds since 1970, and goes on from there. */
const RealDate = Date;
const ahead = Number(process.env.NIGHTS_NOW) - RealDate.now();
const now = () => RealDate.now() + ahead;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
