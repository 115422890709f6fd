/// <reference lib="dom" />
import type { PageData } from './data';
import { explain } from './highlight';
import { decide } from '../../iam';
import { WhatIf } from '../model/answer';
import { originPart } from '../model/origin';
import { EncryptionHeader, isListing, Question, Target } from '../model/question';

/** Decides what the form asks, whenever it changes. */
export function startWhatIf({ policies }: PageData): void {
  const form = document.querySelector<HTMLFormElement>('form#what-if');
  const result = document.getElementById('verdict');
  if (form === null || result === null) {
    return;
  }
  const whatIf = new WhatIf(policies, decide);
  const show = (isAsked: boolean) => {
    try {
      const question = questionIn(new FormData(form));
      const { outcome, sentence, by } = whatIf.answer(question);
      result.dataset.outcome = outcome;
      result.textContent = sentence;
      if (isAsked) {
        explain(
          'What you asked',
          sentence,
          [originPart(question.who, question.from), ...by.map(({ part }) => part)].filter(part => part !== ''),
        );
      }
    } catch (error) {
      result.dataset.outcome = 'error';
      result.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  form.addEventListener('input', () => show(true));
  form.addEventListener('submit', event => {
    event.preventDefault();
    show(true);
  });
  show(false);
}

function questionIn(data: FormData): Question {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const action = text('action');
  if (!/^(s3|kms):[A-Za-z]+$/.test(action)) {
    throw new Error('Give an action of S3 or AWS KMS, such as s3:GetObject.');
  }
  const target = targetIn(text('target'), action, text('object'));
  if (action.startsWith('kms:') !== (target.kind === 'key')) {
    throw new Error('An action of AWS KMS needs a key, and an action of S3 a bucket.');
  }
  return {
    who: text('who'),
    from: text('from'),
    action,
    target,
    tls: text('tls'),
    encryption: text('encryption') as EncryptionHeader,
    keys: keysIn(text('context')),
  };
}

function targetIn(value: string, action: string, object: string): Target {
  const [kind, index] = value.split('-');
  const more = object === '' ? {} : isListing(action) ? { prefix: object } : { object };
  if (kind === 'key') {
    return { kind, index: Number(index) };
  }
  return kind === 'bucket' ? { kind, index: Number(index), ...more } : { kind: 'stranger', ...more };
}

function keysIn(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .map(each => each.trim())
      .filter(each => each !== '')
      .map(each => {
        const at = each.indexOf('=');
        if (at < 1) {
          throw new Error('Write each context key in a line of its own, as key=value.');
        }
        return [each.slice(0, at).trim(), each.slice(at + 1).trim()];
      }),
  );
}
