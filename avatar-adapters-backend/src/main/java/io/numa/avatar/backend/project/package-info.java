/**
 * Reads a project's own files: its settings in {@code .numa.yaml}, and the command that runs its
 * tests.
 *
 * <p>Runners construct these adapters of the core's ports. Begin with {@link
 * io.numa.avatar.backend.project.BuildFileTestDetection}.
 */
@NullMarked
package io.numa.avatar.backend.project;

import org.jspecify.annotations.NullMarked;
