/** How to use the avatar's parts in programs and tests of one's own. */
@NullMarked
package io.numa.avatar.examples;

import org.jspecify.annotations.NullMarked;
