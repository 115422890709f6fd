// The CDK validates the templates of every synthesis by itself, which takes longer than the synthesis. The tests of the
// scanners, the examples and the newest CDK switch it on again; the others look at templates themselves.
process.env.CDK_VALIDATION = 'false';
