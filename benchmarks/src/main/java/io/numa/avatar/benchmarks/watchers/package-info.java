/** Warm tasks of a running avatar, with watchers and without. */
package io.numa.avatar.benchmarks.watchers;
