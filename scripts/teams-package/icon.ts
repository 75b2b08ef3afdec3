const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Colour types of PNG that carry transparency for each pixel. */
const withAlpha = [4, 6];

/** What is wrong with an icon, judged by its PNG header; empty when Teams will take it. */
export function iconFaults(name: string, file: Uint8Array, expected: { size: number; transparent: boolean }): string[] {
  const bytes = Buffer.from(file);
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(signature) || bytes.toString('latin1', 12, 16) !== 'IHDR')
    return [`${name} is no PNG`];
  const [width, height, colourType] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes.readUInt8(25)];
  const faults: string[] = [];
  if (width !== expected.size || height !== expected.size)
    faults.push(`${name} is ${width} × ${height} pixels; Teams wants ${expected.size} × ${expected.size}`);
  if (expected.transparent && !withAlpha.includes(colourType))
    faults.push(`${name} has no transparency; Teams wants white on a transparent ground`);
  return faults;
}
