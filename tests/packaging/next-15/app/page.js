'use client';
import { useEffect } from 'react';
import { ask } from '../ask.js';

export default function Page() {
  useEffect(() => {
    globalThis.ask = ask;
  }, []);
  return <p>Ready</p>;
}
