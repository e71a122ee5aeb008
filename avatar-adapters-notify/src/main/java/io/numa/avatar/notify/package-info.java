/** Receivers of notices: the hooks of chats over HTTP, and programs of the operator. */
@NullMarked
package io.numa.avatar.notify;

import org.jspecify.annotations.NullMarked;
