/**
 * What a project's own files say of it: its settings in {@code .numa.yaml}, and which command runs
 * its tests.
 *
 * <p>Runners construct these adapters of the core's ports. Begin with {@link
 * io.numa.avatar.backend.project.BuildFileTestDetection}.
 */
@NullMarked
package io.numa.avatar.backend.project;

import org.jspecify.annotations.NullMarked;
