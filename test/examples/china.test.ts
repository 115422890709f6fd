import { testExamples } from './partition';

testExamples('aws-cn', ['cn-north-1', 'cn-northwest-1']);
