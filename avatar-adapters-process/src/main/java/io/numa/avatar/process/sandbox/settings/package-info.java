/** What the operator wants of sandboxes. */
@NullMarked
package io.numa.avatar.process.sandbox.settings;

import org.jspecify.annotations.NullMarked;
