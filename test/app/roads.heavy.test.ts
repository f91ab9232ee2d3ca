import { test } from '@jest/globals';
import { checkRoads } from '../helpers/roads.ts';

test('the fast road finds what reading every record finds, at length', () => checkRoads(10_000), 3_600_000);
