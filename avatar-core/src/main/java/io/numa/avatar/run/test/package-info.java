/**
 * Chooses the command that tests a change, reads its reports, and compares them with those of the
 * base commit.
 *
 * <p>Only {@code run} calls it. Begin with {@link io.numa.avatar.run.test.TestChoice}, then {@link
 * io.numa.avatar.run.test.Tests}.
 */
@NullMarked
package io.numa.avatar.run.test;

import org.jspecify.annotations.NullMarked;
