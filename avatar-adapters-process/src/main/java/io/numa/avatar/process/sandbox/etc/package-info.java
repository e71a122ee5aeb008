/** The part of the system's settings that sandboxes see. */
@NullMarked
package io.numa.avatar.process.sandbox.etc;

import org.jspecify.annotations.NullMarked;
