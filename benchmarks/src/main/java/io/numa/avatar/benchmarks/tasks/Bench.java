package io.numa.avatar.benchmarks.tasks;

import java.nio.file.Path;

/**
 * The values that all trials share.
 *
 * @param scripts the folder of the scripts that use native Git
 * @param work an existing folder for temporary files
 * @param heap the avatar's limit, in MiB
 */
record Bench(GitHost host, Path scripts, Path work, int heap) {}
