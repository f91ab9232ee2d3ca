import { test } from '@jest/globals';
import { checkRoads } from '../helpers/roads.ts';

test('the fast road finds what reading every record finds', () => checkRoads(300), 60_000);
