/**
 * How to use the avatar's parts in your own programs and tests.
 *
 * <p>Nothing depends on it; copy from it. Begin with the test classes, which run every example.
 */
@NullMarked
package io.numa.avatar.examples;

import org.jspecify.annotations.NullMarked;
