/** The testkit as a JUnit 5 extension. */
@NullMarked
package io.numa.avatar.testkit.junit;

import org.jspecify.annotations.NullMarked;
