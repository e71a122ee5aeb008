/**
 * Gets a project ready for steps and tests: runs the setup of its {@code .numa.yaml}, or puts back
 * what that made for an earlier task.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.setup.ProjectSetup}.
 */
@NullMarked
package io.numa.avatar.run.setup;

import org.jspecify.annotations.NullMarked;
