/// What is attached to a post that is being written: pictures, or one video. Uploading starts at once.

import * as api from '../api.js';
import { fileSize } from '../format.js';
import { t } from '../i18n.js';
import { limits } from '../limits.js';
import { savedToken } from '../session.js';
import { coverOf } from './video-cover.js';

export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
export const VIDEO_TYPES = ['video/mp4', 'video/webm', 'video/quicktime'];

export class Attachments {
  /// `{kind, name, preview, progress, fault, url, video}`: `preview` is an address of this page, `progress` 0 … 1, `url`
  /// the stored file's once it is there.
  items = [];

  #changed;
  #aborts = new Map();

  constructor(changed) {
    this.#changed = changed;
  }

  get video() {
    return this.items.find(({ kind }) => kind === 'video');
  }

  /// Everything has been uploaded.
  get ready() {
    return this.items.every(({ url }) => url);
  }

  /// Takes what fits; gives why something was left out, or ''.
  add(files) {
    let left = '';
    for (const file of files) left = this.#add(file) || left;
    this.#changed();
    return left;
  }

  remove(item) {
    this.#aborts.get(item)?.abort();
    URL.revokeObjectURL(item.preview);
    this.items = this.items.filter((each) => each !== item);
    this.#changed();
  }

  clear() {
    for (const item of [...this.items]) this.remove(item);
  }

  retry(item) {
    this.#upload(item);
  }

  /// The part of a feed.FeedCreateRequest that tells of them.
  get draft() {
    const { video } = this;
    if (!video) return { type: this.items.length > 0 ? 'Image' : 'Txt', resource: this.items.map(({ url }) => url) };
    const { width, height, duration, coverUrl } = video.video;
    return { type: 'Video', resource: coverUrl ? [video.url, coverUrl] : [video.url], width: String(width), height: String(height), duration };
  }

  #add(file) {
    const kind = PICTURE_TYPES.includes(file.type) ? 'picture' : VIDEO_TYPES.includes(file.type) ? 'video' : '';
    if (!kind) return t('feed.not-taken');
    if (file.size > (kind === 'video' ? limits.fileBytes : limits.imageBytes)) {
      return t('feed.too-large', { picture: fileSize(limits.imageBytes), video: fileSize(limits.fileBytes) });
    }
    if (this.video || (kind === 'video' && this.items.length > 0)) return t('feed.one-video');
    if (this.items.length >= limits.postImages) return t('feed.too-many', { n: limits.postImages });
    const item = { kind, name: file.name, preview: URL.createObjectURL(file), file, progress: 0, fault: '', url: '', video: null };
    this.items = [...this.items, item];
    this.#upload(item);
    return '';
  }

  async #upload(item) {
    const abort = new AbortController();
    this.#aborts.set(item, abort);
    item.fault = '';
    item.progress = 0;
    const watch = {
      signal: abort.signal,
      progress: (part) => {
        item.progress = part;
        this.#changed();
      },
    };
    try {
      if (item.kind === 'video') item.video = await this.#cover(item);
      const send = item.kind === 'video' ? api.uploadFile : api.uploadImage;
      item.url = (await send(item.file, savedToken(), watch)).url;
    } catch (fault) {
      item.fault = fault.message;
    }
    this.#changed();
  }

  /// A video without a cover is a video too.
  async #cover(item) {
    const { picture, ...facts } = await coverOf(item.preview);
    if (!picture) return { ...facts, coverUrl: '' };
    const { url } = await api.uploadImage(picture, savedToken());
    return { ...facts, coverUrl: url };
  }
}
