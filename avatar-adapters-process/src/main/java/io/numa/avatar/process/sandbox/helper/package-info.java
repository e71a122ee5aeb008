/** The native helper of sandboxes, {@code avatar-sandbox}, as it comes to this machine. */
@NullMarked
package io.numa.avatar.process.sandbox.helper;

import org.jspecify.annotations.NullMarked;
