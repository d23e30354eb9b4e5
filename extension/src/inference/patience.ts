/** What a promise gives, or what `late` makes if it has not settled after so many milliseconds. The promise itself goes on. */
export function within<T>(milliseconds: number, promise: Promise<T>, late: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      Promise.resolve().then(late).then(resolve, reject);
    }, milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
