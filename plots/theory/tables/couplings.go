package tables

var couplingsCurves, dilutedCurves, patternsCurves, sequenceCurves, realCurves []*Curve
