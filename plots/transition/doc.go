// Package transition draws the loss of retrieval and its extrapolation: the figures of
// "hopcap fit". It builds them from the results of package fit, with the loads at which
// theory has retrieval states vanish beside them, and computes nothing of its own.
package transition
