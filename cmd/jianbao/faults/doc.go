// Package faults holds the tests that break things while letters are sent, and
// compare what the relay took with the book of deliveries afterwards. There is
// nothing in it but tests.
//
// Everything is real: the program is a process of its own, which is killed; the
// letters go over sockets; the database is a file of SQLite or a PostgreSQL, which
// is restarted. Only the relay lives in the test, since it is the witness: it
// writes down every letter that it took, whether its reply arrived or not.
//
// Whatever was broken, the comparison wants what design.md promises:
//
//   - every letter of the book has an end, and what the book calls accepted was
//     taken: nothing is lost;
//   - under the policy ask no letter was taken twice, and the uncertain ones are
//     exactly those that were behind their mark when something died, at most the
//     window for each connection;
//   - under resend every letter was taken, twice only those that were behind
//     their mark, and under the same Message-ID;
//   - the relay took nothing that the book does not know.
//
// go test runs them with few letters, in some seconds; make faults with 50,000
// and ten kills each. docs/faults.md has what that showed.
package faults
