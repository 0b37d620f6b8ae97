import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const require = createRequire(import.meta.url);

/**
 * Inter is what charts are set in. The other has letters it lacks, Hebrew and Arabic among them: bold alone, since
 * these are in names, and names in titles and on releases.
 */
const FONTS = [
  require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];
/** Pixels of the picture for one of the drawing's. */
const SCALE = 2;

/** Loads the renderer and the fonts. @returns what turns an SVG into a PNG of twice its size. */
export async function createRasteriser(): Promise<(svg: string) => Uint8Array> {
  const [fontBuffers] = await Promise.all([
    Promise.all(FONTS.map((file) => readFile(file))),
    readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')).then((wasm) => initWasm(wasm)),
  ]);
  return (svg) => {
    const picture = new Resvg(svg, {
      fitTo: { mode: 'zoom', value: SCALE },
      font: { fontBuffers, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
    });
    try {
      const image = picture.render();
      try {
        return image.asPng();
      } finally {
        image.free();
      }
    } finally {
      picture.free();
    }
  };
}
