// Package jianbao is the root of the module and holds no code: the program is
// cmd/jianbao, and every other folder is a room of it.
//
// The tests beside this file keep the house in order. They read the source of
// all rooms and fail with the file and the line that breaks a rule:
//
//   - layers_test.go: who may import whom, and where databases and networks
//     may be met;
//   - comments_test.go: every package and every exported name is documented;
//   - size_test.go: no long functions, files or interfaces;
//   - sentences_test.go: whatever is said to people is said in both languages;
//   - neutral_test.go: nothing in the tree belongs to one machine;
//   - deploy_test.go: the files under deploy agree with each other.
package jianbao
