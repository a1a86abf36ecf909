// Package transition draws the loss of retrieval and its extrapolation: the figures of
// "hopcap fit". It builds them from the results of package fit and computes nothing itself.
// Beside the results it shows the loads at which retrieval states vanish in theory.
package transition
