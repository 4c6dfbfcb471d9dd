package io.replaylinker.benchmarks.workload;

/**
 * One replay message of the workload.
 *
 * @param atMs server receive time, milliseconds since the workload's start
 * @param replay counted from 0
 * @param segment counted from 0 in its replay
 */
public record SegmentOccurrence(long atMs, int replay, int segment) {}
