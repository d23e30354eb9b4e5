import type { Page } from 'playwright-core';

declare global {
  interface Window {
    shadersCompiled: number;
  }
}

/** Counts the shaders that the renderer compiles: without graphics card each pair holds the page up for a third of a second. */
export class ShaderWatch {
  private constructor(private readonly page: Page) {}

  /** To be called before the page is opened. */
  static async begin(page: Page): Promise<ShaderWatch> {
    await page.addInitScript(() => {
      window.shadersCompiled = 0;
      for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
        const compile = prototype.compileShader;
        prototype.compileShader = function (shader) {
          window.shadersCompiled++;
          compile.call(this, shader);
        };
      }
    });
    return new ShaderWatch(page);
  }

  /** How many were compiled since the last call. */
  async take(): Promise<number> {
    return this.page.evaluate(() => {
      const count = window.shadersCompiled;
      window.shadersCompiled = 0;
      return count;
    });
  }
}
