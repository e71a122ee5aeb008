/**
 * Which command tests a change, what its reports say, and how they compare with those of the base
 * commit.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.test.TestChoice}, then {@link
 * io.numa.avatar.run.test.Tests}.
 */
@NullMarked
package io.numa.avatar.run.test;

import org.jspecify.annotations.NullMarked;
