/**
 * The testkit as a JUnit 5 extension: one annotation gives a test its fakes, another one a real
 * server of a queue.
 *
 * <p>Embedders use it in their tests. Begin with {@link
 * io.numa.avatar.testkit.junit.AvatarWorldExtension}.
 */
@NullMarked
package io.numa.avatar.testkit.junit;

import org.jspecify.annotations.NullMarked;
