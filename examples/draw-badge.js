// Draws a PNG without any library: a disc with a ring, so that the demo needs no picture of anybody's.
import { crc32, deflateSync } from 'node:zlib'

/** A square PNG, `size` pixels wide. */
export function drawBadge(size = 160) {
  const rows = []
  for (let y = 0; y < size; y++) {
    const row = Buffer.alloc(1 + size * 4) // a filter byte, then RGBA
    for (let x = 0; x < size; x++) row.set(colorAt(Math.hypot(x - size / 2, y - size / 2) / (size / 2)), 1 + x * 4)
    rows.push(row)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8) // 8 bits, RGBA
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return new Uint8Array(Buffer.concat([signature, ...chunks]))
}

function colorAt(radius) {
  if (radius > 0.98) return [0, 0, 0, 0]
  return radius > 0.8 && radius < 0.88 ? [255, 214, 102, 255] : [38, 84, 124, 255]
}

/** PNG (third edition) section 5.3: length, type, data, checksum. */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
