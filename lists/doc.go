// Package lists reads lists of people and things into holdings: sanctions lists
// in the form in which their publishers give them, and a desk's own.
package lists
