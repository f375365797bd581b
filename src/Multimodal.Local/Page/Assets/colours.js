// A colour for each level of a spectrogram: lightness rises evenly to the eye, hue goes from violet by red to yellow.

/** 256 colours as bytes, red, green, blue. Made in OKLab, whose L is lightness as it is seen. */
export const LEVELS = Array.from({ length: 256 }, (_, i) => {
  const t = i / 255;
  const hue = (290 + 175 * t) * Math.PI / 180;
  const chroma = 0.02 + 0.155 * Math.sin(Math.PI * Math.min(1, 0.06 + 0.94 * t)) ** 0.8;
  return fromOklab(0.13 + 0.83 * t, chroma * Math.cos(hue), chroma * Math.sin(hue));
});

function fromOklab(lightness, a, b) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
  ].map((linear) => {
    const light = Math.max(0, Math.min(1, linear));
    return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
  });
}
