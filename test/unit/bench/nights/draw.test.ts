import { between, drawFrom, pick } from '../../../../bench/nights/model/draw';

const MANY = Array.from({ length: 10_000 }, (_, at) => at);

describe('a draw', () => {
  it('answers the same question the same, whatever was asked before, and another seed otherwise', () => {
    const [one, same, other] = [drawFrom(1), drawFrom(1), drawFrom(2)];
    one('something else', 7);
    expect(one('hours', 3)).toBe(same('hours', 3));
    expect(one('hours', 3)).not.toBe(one('hours', 4));
    expect(one('hours', 3)).not.toBe(one('cores', 3));
    expect(one('hours', 3)).not.toBe(other('hours', 3));
  });

  it('is even, also for questions that differ in a digit', () => {
    const draw = drawFrom(3);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const at of MANY) {
      const tenth = Math.floor(10 * draw('fw', at));
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('picks by weights', () => {
    const items = [
      { name: 'seldom', weight: 10 },
      { name: 'often', weight: 90 },
    ];
    const draw = drawFrom(4);
    const seldom = MANY.filter((at) => pick(items, draw(at)).name === 'seldom').length;
    expect(Math.abs(seldom - 1000)).toBeLessThan(150);
    expect(between(2, 4, 0.25)).toBe(2.5);
    expect(() => pick([], 0)).toThrow('nothing to pick from');
  });
});
