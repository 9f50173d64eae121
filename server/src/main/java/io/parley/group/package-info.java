/// Groups: what they are called and who may change them. Their members and messages are those of
/// the conversation with the same id, kept by `messaging`.
///
/// Tables: `chat_group`.
@NullMarked
package io.parley.group;

import org.jspecify.annotations.NullMarked;
