import type { Canvas } from './canvas';
import type { NoiseField } from './noise';
import { blendedUnion, ellipsoid, grown, tube, type Shape } from './shape';

/** The upper airway: also the seed of the bronchial trees. */
const trachea = tube([
  [-1, 10, 90, 9],
  [-1, 11, 50, 8.8],
  [0, 13, 31, 9],
]);
const mainBronchi = [
  tube([
    [-1, 13, 33, 8],
    [-14, 13, 22, 7],
    [-30, 12, 12, 6],
    [-36, 13, 0, 4.8],
    [-41, 20, -16, 4],
    [-47, 28, -32, 3],
  ]),
  tube([
    [-20, 12, 19, 5],
    [-38, 6, 22, 4.2],
    [-50, 0, 28, 3],
  ]),
  tube([
    [1, 13, 33, 8],
    [16, 14, 21, 6.2],
    [35, 15, 9, 5.6],
    [42, 18, -6, 4.6],
    [46, 27, -24, 3.6],
    [50, 35, -40, 2.8],
  ]),
  tube([
    [35, 14, 9, 4.6],
    [50, 2, 14, 3.6],
    [60, -8, 20, 2.6],
  ]),
];
const AIRWAYS = [trachea, ...mainBronchi];

const ascendingAorta = tube([
  [4, -20, -14, 14],
  [-10, -28, 4, 16],
  [-15, -29, 26, 16],
  [-11, -25, 42, 15],
  [-1, -13, 51, 14.5],
  [11, 4, 53, 14],
  [21, 21, 48, 13.5],
  [24, 33, 36, 13],
  [23, 36, 10, 12.5],
  [19, 35, -40, 12],
  [15, 34, -90, 11.5],
]);
const archBranches = [
  tube([
    [-10, -20, 52, 6.5],
    [-17, -16, 90, 6],
  ]),
  tube([
    [3, -9, 56, 4.5],
    [7, -7, 90, 4],
  ]),
  tube([
    [13, 6, 58, 5],
    [22, 8, 90, 4.5],
  ]),
];
const systemicVeins = [
  tube([
    [-29, -24, 90, 8],
    [-29, -22, 52, 8.5],
    [-28, -18, 20, 9.5],
    [-27, -14, -4, 10],
  ]),
  tube([
    [46, -36, 84, 7],
    [16, -38, 66, 7],
    [-26, -26, 52, 7],
  ]),
  tube([
    [-9, 40, 90, 3.5],
    [-10, 40, -90, 4],
  ]),
];
const inferiorVenaCava = tube([
  [-25, -2, -36, 11.5],
  [-25, 8, -90, 12],
]);
const pulmonaryArteries = [
  tube([
    [17, -36, -6, 13],
    [18, -30, 12, 13.5],
    [20, -14, 21, 12.5],
    [32, 2, 23, 11],
    [43, 12, 16, 9.5],
    [50, 24, 2, 8],
    [55, 33, -16, 6.4],
  ]),
  tube([
    [19, -19, 17, 12],
    [2, -9, 15, 11.5],
    [-20, -5, 13, 10.5],
    [-39, 0, 9, 9.5],
    [-48, 11, -4, 8],
    [-53, 23, -22, 6.2],
  ]),
  tube([
    [-30, -4, 13, 7],
    [-47, -6, 24, 5.5],
    [-54, -8, 33, 4.5],
  ]),
];
const pulmonaryVeins = [
  tube([
    [-14, 8, -14, 8],
    [-34, -6, -8, 6.6],
    [-48, -14, 4, 5],
  ]),
  tube([
    [-14, 12, -20, 8],
    [-34, 18, -24, 6.4],
    [-48, 30, -30, 4.6],
  ]),
  tube([
    [18, 8, -12, 8],
    [37, -4, -4, 6.4],
    [51, -14, 7, 5],
  ]),
  tube([
    [18, 12, -20, 8],
    [37, 20, -24, 6.2],
    [50, 33, -30, 4.6],
  ]),
];

const heart = ellipsoid([14, -29, -46], [60, 45, 47], { z: -0.6, x: -0.25 });
const leftVentricle = ellipsoid([39, -25, -52], [29, 15, 23], { z: -0.66 });
const rightVentricle = ellipsoid([12, -53, -48], [34, 13.5, 29], { z: -0.5 });
const leftAtrium = ellipsoid([4, 7, -17], [31, 14, 19], { z: 0.06 });
const rightAtrium = ellipsoid([-25, -23, -36], [17, 25, 29], { z: 0.25 });
const oesophagus = tube([
  [5, 25, 90, 6],
  [6, 27, 20, 6],
  [8, 30, -30, 6.5],
  [12, 25, -90, 7],
]);
const thymicFat = ellipsoid([2, -62, 12], [9, 27, 78]);
const epicardialFat = ellipsoid([4, -62, -50], [44, 22, 24]);
const paravertebral = ellipsoid([0, 76, 0], [25, 17, 1e3]);
const vertebral = ellipsoid([0, 49, 0], [18.5, 16, 1e3]);
const hilarNodes = [
  ellipsoid([-41, 6, 2], [9, 12, 14]),
  ellipsoid([42, 8, 4], [9, 11, 14]),
  ellipsoid([2, 22, 17], [10, 6, 12]),
];
/** Fat and nodes under the carina and around the windpipe: no lung lies there. */
const connectiveFat = [
  ellipsoid([2, 8, 4], [33, 23, 34]),
  ellipsoid([3, -2, 50], [27, 27, 44]),
  ellipsoid([4, 22, -34], [15, 14, 40]),
];
const lymphNodes = [
  ellipsoid([-15, 2, 36], [5, 4, 6]),
  ellipsoid([-3, 15, 8], [14, 6, 12]),
  ellipsoid([26, 4, 3], [6, 5, 8]),
  ellipsoid([6, 21, 13], [6, 4, 5]),
  ellipsoid([18, 2, 38], [4, 3, 5]),
];

/** Everything between the lungs, with the fat that wraps it: the lungs are what this leaves of the rib cage. */
export const mediastinum: Shape = blendedUnion(
  [
    grown(heart, 4),
    ...[...archBranches, ...systemicVeins, ...AIRWAYS].map(shape => grown(shape, 2.6)),
    ...[ascendingAorta, inferiorVenaCava, oesophagus, ...pulmonaryArteries].map(shape => grown(shape, 2.2)),
    ...pulmonaryVeins,
    leftAtrium,
    thymicFat,
    epicardialFat,
    paravertebral,
    grown(vertebral, 2.4),
    ...hilarNodes,
    ...connectiveFat,
  ],
  9,
);

/** HU in the venous phase after contrast medium. */
const BLOOD = 168;
const PULMONARY_BLOOD = 182;
const MYOCARDIUM = 104;

/** Paints heart, great vessels and gullet into the fat of the mediastinum. */
export function paintMediastinum(canvas: Canvas, texture: NoiseField): void {
  const { z } = canvas;
  const blood = (hu: number) => (x: number, y: number) => hu + 7 * texture(x, y, z);
  canvas.paint(paravertebral, (x, y) => 56 + 8 * texture(x, y, z), 1.4);
  canvas.paint(grown(heart, 2.6), 20, 1.1);
  canvas.paint(grown(heart, 1.4), -85, 1.1);
  canvas.paint(heart, (x, y) => MYOCARDIUM + 8 * texture(x, y, z), 1.4);
  canvas.paint(grown(leftAtrium, 1.6), 70, 1.2);
  for (const chamber of [leftVentricle, leftAtrium]) canvas.paint(chamber, blood(BLOOD), 3);
  for (const chamber of [rightVentricle, rightAtrium]) canvas.paint(chamber, blood(BLOOD - 8), 2.4);
  canvas.paint(inferiorVenaCava, blood(132), 1.6);
  for (const node of lymphNodes) canvas.paint(node, 60, 1.4);
  canvas.paint(oesophagus, (_x, _y, distance) => (distance < -4.6 ? -300 : 52), 1.4);
  for (const vein of pulmonaryVeins) canvas.paint(vein, blood(BLOOD), 1.2);
  for (const artery of pulmonaryArteries) canvas.paint(artery, blood(PULMONARY_BLOOD), 1.2);
  for (const vein of systemicVeins) canvas.paint(vein, blood(150), 1.4);
  for (const artery of archBranches) canvas.paint(artery, blood(BLOOD), 1.2);
  canvas.paint(grown(ascendingAorta, 1.3), 62, 1.1);
  canvas.paint(ascendingAorta, blood(BLOOD + 4), 1.2);
}

/** Paints the walls and the air of the windpipe and the large bronchi; last, since they run through everything. */
export function paintAirways(canvas: Canvas): void {
  for (const airway of AIRWAYS) canvas.paint(grown(airway, 1.3), 20, 1);
  for (const airway of AIRWAYS) canvas.paint(airway, -1000, 1.1);
}
