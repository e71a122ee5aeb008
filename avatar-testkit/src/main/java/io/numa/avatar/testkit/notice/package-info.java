/** A receiver of notices for tests. */
@NullMarked
package io.numa.avatar.testkit.notice;

import org.jspecify.annotations.NullMarked;
