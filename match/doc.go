// Package match tells whether two descriptions may be of one person, and finds
// the descriptions that may be, in memory and without scanning.
//
//	asked ──prepare──▶ parts ──keys──▶ candidates ──terms──▶ weights ──▶ probability
//	                             │                     └──▶ evidence, a line for each field
//	                             └─ pairs of skeletons, rare parts, numbers, near spellings
//
// [Compare] is pure: two subjects in, a probability with its reasons out.
// [Index] keeps many subjects and proposes the few that are worth comparing.
// Both use the same terms and the same weights, so a hit's score is what
// Compare gives for the same two subjects.
//
// The weights are learned (weights.go, made by internal/fit): none is set by
// hand. A missing value is no term at all, so it never speaks for or against.
package match
