package store

import "gorm.io/gorm"

// shown narrows a query of a table with an issue to issues that are not
// withheld (see workflow.Issue.Withheld). What is read under a lock to decide
// about an issue is the whole of it.
func shown(tx *gorm.DB) *gorm.DB {
	return tx.Where(`issue NOT IN (SELECT id FROM issue WHERE state <> 'destroyed' AND recall LIKE '%"secret":true%')`)
}
