package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// pattern is a database whose tables are up to date, which the others are
// copied from: that is much faster than making the tables anew.
var pattern string

func TestMain(m *testing.M) {
	if os.Getenv(testServer) == "" {
		os.Exit(m.Run()) // the tests that need it say so
	}
	address, drop, err := newPostgres("template1")
	if err == nil {
		var s *Store
		if s, err = Open(context.Background(), directly(address)); err == nil {
			err = s.Close()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "store tests: no pattern database:", err)
		os.Exit(1)
	}
	pattern = nameIn(address)
	code := m.Run()
	if err := drop(); err != nil {
		fmt.Fprintln(os.Stderr, "store tests:", err)
	}
	os.Exit(code)
}

// testServer is the variable that names the server; scripts/postgres run sets
// it.
const testServer = "JIANBAO_TEST_POSTGRES"

// directServer names the same server where testServer leads through a PgBouncer;
// scripts/pgbouncer run sets it. Databases are made and dropped there.
const directServer = "JIANBAO_TEST_DIRECT"

// directly turns an address on testServer into one on directServer, if that is
// set.
func directly(address string) string {
	direct := os.Getenv(directServer)
	if direct == "" {
		return address
	}
	u, err := url.Parse(direct)
	if err != nil {
		return address
	}
	u.Path = "/" + nameIn(address)
	return u.String()
}

// emptyPostgres makes a database without tables and drops it afterwards.
func emptyPostgres(t *testing.T) string { return postgresOf(t, "template1") }

// freshPostgres makes a database with its tables and drops it afterwards.
func freshPostgres(t *testing.T) string { return postgresOf(t, pattern) }

func postgresOf(t *testing.T, template string) string {
	t.Helper()
	if os.Getenv(testServer) == "" {
		t.Fatal(testServer + " is not set: run this under scripts/postgres run")
	}
	address, drop, err := newPostgres(template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Error(err)
		}
	})
	return address
}

// newPostgres makes a database like another one.
func newPostgres(template string) (address string, drop func() error, err error) {
	u, err := url.Parse(os.Getenv(testServer))
	if err != nil {
		return "", nil, err
	}
	name := "t" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := administer("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() error { return administer("DROP DATABASE " + name + " WITH (FORCE)") }, nil
}

// administer does one statement on the server.
func administer(statement string) error {
	admin, err := sql.Open("pgx", directly(os.Getenv(testServer)))
	if err != nil {
		return err
	}
	defer admin.Close()
	_, err = admin.Exec(statement)
	return err
}

// nameIn returns the name of the database that an address leads to.
func nameIn(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return path[strings.LastIndex(path, "/")+1:]
}
